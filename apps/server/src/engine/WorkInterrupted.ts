/**
 * Thrown by a step that gives up because the server stops: nothing of it is remembered, and it is run again at the
 * next start.
 */
export class WorkInterrupted extends Error {
  constructor() {
    super('The server stops; the work goes on at the next start.');
    this.name = 'WorkInterrupted';
  }
}
