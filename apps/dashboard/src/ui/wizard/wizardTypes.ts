import type { ReactNode } from 'react';

export interface WizardStep {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
  /** Checks this step only, before the next one; the first field in error receives the focus. */
  validate?(): boolean | Promise<boolean>;
  /** Next waits for something that is not a field, such as a sign-in elsewhere. */
  readonly blocked?: boolean;
}

export interface WizardProps {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  /** The verb of the last button: "Create 42 accounts". */
  readonly finishLabel: string;
  readonly onFinish: () => void;
  readonly busy?: boolean;
  /** Something would be lost by closing. */
  readonly hasData: boolean;
  readonly onClose: () => void;
  /** Shown in place of the steps when the work is done. */
  readonly result?: ReactNode;
  /** What closing is called there, when it leads somewhere. */
  readonly closeLabel?: string;
  readonly presentation?: 'dialog' | 'wide-dialog' | 'page';
  /** Where Back cannot lead any more, such as a job that runs. */
  readonly fixed?: boolean;
}
