/** A page as a person without JavaScript uses it: fields, buttons, submitting. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly title: string;
}

const entities: readonly (readonly [string, string])[] = [
  ['&#39;', "'"],
  ['&quot;', '"'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
];

function decode(text: string): string {
  return entities.reduce((decoded, [entity, character]) => decoded.replaceAll(entity, character), text);
}

async function pageOf(response: Response): Promise<Page> {
  const html = await response.text();
  const location = response.headers.get('location');
  const url = location === null ? response.url : new URL(location, response.url).href;
  return { url, status: response.status, html, title: decode(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? '') };
}

/** Opens a page; a redirect is not followed but shown as the page's URL. */
export async function open(url: string): Promise<Page> {
  return pageOf(await fetch(url, { redirect: 'manual' }));
}

/** Fills in the page's form and sends it. */
export async function submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Page> {
  const action = /<form[^>]* action="([^"]*)"/.exec(page.html)?.[1];
  if (action === undefined) throw new Error(`The page "${page.title}" has no form`);
  const form = new URLSearchParams();
  for (const [input] of page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    form.set(attribute(input, 'name'), attribute(input, 'value'));
  }
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const target = new URL(decode(action), page.url);
  return pageOf(await fetch(target, { method: 'POST', body: form, redirect: 'manual' }));
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

/** Items of the list of permissions on a consent page. */
export function permissionsOn(page: Page): string[] {
  const list = /<ul id="permissions">(.*?)<\/ul>/s.exec(page.html)?.[1] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, name]) => decode(name ?? ''));
}

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** Goes through the device sign-in pages to the end, accepting what is asked for. */
export async function signInOnDevice(verificationUri: string, userCode: string, person: Person): Promise<Page> {
  const signIn = await submit(await open(verificationUri), { otc: userCode });
  const next = await submit(signIn, { login: person.username, passwd: person.password });
  return next.title.startsWith('Permissions requested') ? submit(next, { decision: 'accept' }) : next;
}
