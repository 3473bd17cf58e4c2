interface Form {
  readonly action: string;
  readonly fields: URLSearchParams;
}

const decodeEntities = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : decodeEntities(found);
}

/** The one form of a page, with the values it comes with. */
function readForm(page: string, url: string): Form | undefined {
  const form = /<form[^>]*>[\s\S]*?<\/form>/.exec(page)?.[0];
  if (form === undefined) return undefined;
  const opening = /<form[^>]*>/.exec(form)?.[0] ?? '';
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name !== undefined && attribute(tag, 'type') !== 'checkbox') fields.set(name, attribute(tag, 'value') ?? '');
  }
  return { action: new URL(attribute(opening, 'action') ?? url, url).href, fields };
}

/**
 * Does what a person does in a browser to finish a device-code sign-in: types the code, the name and the password, and
 * accepts the permissions. The cloud's certificate authority must be trusted by this process already.
 */
export async function signInAtCloud(
  verificationUri: string,
  userCode: string,
  person: { readonly username: string; readonly password: string },
): Promise<void> {
  let page = await fetch(verificationUri);
  for (let step = 0; step < 6; step += 1) {
    const text = await page.text();
    const form = readForm(text, page.url);
    if (form === undefined) return;
    if (form.fields.has('otc')) form.fields.set('otc', userCode);
    if (form.fields.has('login')) form.fields.set('login', person.username);
    if (form.fields.has('passwd')) form.fields.set('passwd', person.password);
    if (/name="decision"/.test(text)) form.fields.set('decision', 'accept');
    page = await fetch(form.action, { method: 'POST', body: form.fields });
  }
  throw new Error('The sign-in pages of the cloud did not come to an end.');
}
