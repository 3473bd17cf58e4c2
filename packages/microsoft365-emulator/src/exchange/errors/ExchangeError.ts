import { type ErrorName, findCatalogError } from './errorCatalog.ts';

const SERVICE_EXCEPTION = 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException';
const INVOKED = 'Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException';
const SERVER = 'NAMPR01A001.PROD.OUTLOOK.COM';

/** A refusal in the form of Exchange's admin API. */
export class ExchangeError extends Error {
  readonly status: number;
  readonly error: ErrorName;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    error: ErrorName,
    values: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    const { text, status } = findCatalogError(error);
    super(fill(text, { server: SERVER, ...values }));
    this.name = 'ExchangeError';
    this.error = error;
    this.status = status;
    this.headers = headers;
  }

  body(form: 'pipe' | 'json', warnings: readonly string[] = []): object {
    const { code, type, shownIn } = findCatalogError(this.error);
    const summary = shownIn === 'details' ? 'Error executing cmdlet' : 'Invalid Operation';
    const internal =
      shownIn === 'details'
        ? { message: `Exception of type '${INVOKED}' was thrown.`, type: INVOKED, stacktrace: '' }
        : { message: this.message, type, stacktrace: '' };
    return {
      error: {
        code,
        message: summary,
        ...(shownIn === 'internalException' ? {} : { details: [this.#detail(form)] }),
        innererror: { message: summary, type: SERVICE_EXCEPTION, stacktrace: '', internalexception: internal },
        'adminapi.warnings@odata.type': '#Collection(String)',
        '@adminapi.warnings': warnings,
      },
    };
  }

  #detail(form: 'pipe' | 'json'): object {
    const { prefix = '', type, detailCode = 'Client' } = findCatalogError(this.error);
    const json = { Message: this.message, TypeName: type, StackTrace: null, InnerError: null };
    const message = form === 'json' ? JSON.stringify(json) : `${prefix}|${type}|${this.message}`;
    return { code: detailCode, target: '', message };
  }
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
