import type { Collection, Identified } from './Collection.ts';

/** A password reset by an administrator, which the service carries out in its own time. */
export interface PasswordResetRecord extends Identified {
  readonly userId: string;
  readonly createdDateTime: string;
  /** When whoever asks is told that it is done. */
  readonly doneDateTime: string;
}

/** How people sign in, as far as it is not in their user object. */
export class AuthenticationCollections {
  readonly passwordResets: Collection<PasswordResetRecord>;

  constructor(make: <T extends Identified>(name: string) => Collection<T>) {
    this.passwordResets = make('passwordResets');
  }
}
