/** A call without a token that Exchange takes. */
export class Unauthorized extends Error {
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, reason: string) {
    super(reason);
    this.name = 'Unauthorized';
    this.headers = {
      'www-authenticate':
        'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="invalid_token"',
      'x-ms-diagnostics': `${code};reason="${reason}";error_category="invalid_token"`,
    };
  }
}
