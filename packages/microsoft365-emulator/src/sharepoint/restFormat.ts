/** The dialects of JSON in which the classic interface answers. */
export type RestFormat = 'nometadata' | 'minimal' | 'verbose' | 'v4' | 'v4minimal';

/** The dialect that an `Accept` header asks for; without one the service writes Atom, which is not emulated. */
export function restFormatOf(accept: string | undefined): RestFormat {
  const text = accept?.toLowerCase().replaceAll(' ', '') ?? '';
  if (text.includes('odata=verbose')) return 'verbose';
  if (text.includes('odata=nometadata')) return 'nometadata';
  if (text.includes('odata.metadata=none')) return 'v4';
  return text.includes('odata.metadata=') ? 'v4minimal' : 'minimal';
}

export function contentTypeOf(format: RestFormat): string {
  const parameter = {
    nometadata: 'odata=nometadata',
    minimal: 'odata=minimalmetadata',
    verbose: 'odata=verbose',
    v4: 'odata.metadata=none',
    v4minimal: 'odata.metadata=minimal',
  }[format];
  return `application/json;${parameter};streaming=true;charset=utf-8`;
}
