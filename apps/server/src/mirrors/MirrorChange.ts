/** People whom a mirror saw change. What changed does not matter: whoever hears it looks at both sides. */
export interface MirrorChange {
  readonly side: 'directory' | 'online';
  readonly userIds: readonly string[];
  /** The latest moment at which the change was certainly not there yet: delays measured from it are never too short. */
  readonly causedAt: Date;
}

export type MirrorListener = (change: MirrorChange) => void;
