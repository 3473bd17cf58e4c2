import { z } from 'zod';

const errorBody = z.object({
  error: z.object({
    message: z.string().nullish(),
    details: z.array(z.object({ message: z.string().nullish() })).nullish(),
    innererror: z
      .object({ internalexception: z.object({ message: z.string().nullish(), type: z.string().nullish() }).nullish() })
      .nullish(),
  }),
});
const detailText = z.object({ Message: z.string(), TypeName: z.string().default('') });

interface Said {
  readonly text: string;
  readonly type: string;
}

/** `Prefix|Type|Text`, or the same as JSON; the prefix changes with every build of the service. */
function readDetail(detail: string): Said {
  try {
    const { Message, TypeName } = detailText.parse(JSON.parse(detail));
    return { text: Message, type: TypeName };
  } catch {
    const [, type = '', ...text] = detail.split('|');
    return text.length === 0 ? { text: detail, type: '' } : { text: text.join('|'), type };
  }
}

function read(body: unknown, status: number): Said {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return { text: `HTTP ${status}`, type: '' };
  const { message, details, innererror } = parsed.data.error;
  const detail = details?.[0]?.message;
  const said = detail == null || detail === '' ? undefined : readDetail(detail);
  const inner = innererror?.internalexception;
  const innerText = inner?.message?.startsWith('Exception of type') === true ? undefined : inner?.message;
  return {
    text: said?.text ?? innerText ?? message ?? `HTTP ${status}`,
    type: said?.type || (inner?.type ?? ''),
  };
}

/**
 * A refused cmdlet in the service's own words. The useful text stands in one of three places, by the kind of failure;
 * decisions are made by the name of the exception's type. Measured on recorded answers of Exchange Online.
 */
export class ExchangeFailure extends Error {
  readonly status: number;
  /** Name of the exception's type, without its namespace. */
  readonly type: string;

  constructor(status: number, body: unknown) {
    const { text, type } = read(body, status);
    super(text);
    this.name = 'ExchangeFailure';
    this.status = status;
    this.type = type.split('.').at(-1) ?? '';
  }
}
