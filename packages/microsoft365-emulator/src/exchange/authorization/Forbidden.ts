/** A cmdlet that the caller's roles do not show, or that does not exist: Exchange makes no difference. */
export class Forbidden extends Error {
  constructor() {
    super('The caller has no role that shows this cmdlet.');
    this.name = 'Forbidden';
  }
}
