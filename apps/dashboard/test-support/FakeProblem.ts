/** A refusal of the fake API, answered as problem details. */
export class FakeProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly more: { readonly remedy?: string; readonly field?: string };

  constructor(status: number, code: string, detail: string, more: { remedy?: string; field?: string } = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}
