import type { ResponseOf } from '@isthmus/api-client';
import { type DirectoryConnection, directoryConnectionSchema } from '@isthmus/contracts';

export interface SetupForm {
  readonly code: string;
  readonly domainName: string;
  readonly servers: readonly string[];
  readonly otherServer: string;
  readonly port: string;
  readonly confirmed: boolean;
  readonly bindName: string;
  readonly bindPassword: string;
  readonly managedOu: string;
  readonly administratorsGroup: string;
  readonly helpDeskGroup: string;
  readonly readersGroup: string;
}

export const emptySetupForm: SetupForm = {
  code: '',
  domainName: '',
  servers: [],
  otherServer: '',
  port: '636',
  confirmed: false,
  bindName: '',
  bindPassword: '',
  managedOu: '',
  administratorsGroup: '',
  helpDeskGroup: '',
  readersGroup: '',
};

type Certificate = ResponseOf<'inspectDirectoryCertificate'>['chain'][number];

/** The authority to pin: the last in the chain that is one; a server that presents only itself is pinned itself. */
export function authorityOf(chain: readonly Certificate[]): Certificate | undefined {
  return chain.findLast((certificate) => certificate.isAuthority) ?? chain.at(-1);
}

export function serversOf(form: SetupForm): readonly string[] {
  const other = form.otherServer.trim();
  return other === '' || form.servers.includes(other) ? form.servers : [...form.servers, other];
}

/** The connection as the server wants it, or undefined while something is missing. */
export function connectionOf(form: SetupForm, authority: Certificate | undefined): DirectoryConnection | undefined {
  const optional = (name: 'helpDeskGroup' | 'readersGroup') =>
    form[name].trim() === '' ? {} : { [name]: form[name].trim() };
  const parsed = directoryConnectionSchema.safeParse({
    domainName: form.domainName,
    servers: serversOf(form),
    port: Number(form.port),
    caPem: authority?.pem,
    caFingerprint: authority?.fingerprint,
    bindName: form.bindName,
    bindPassword: form.bindPassword,
    managedOu: form.managedOu,
    administratorsGroup: form.administratorsGroup,
    ...optional('helpDeskGroup'),
    ...optional('readersGroup'),
  });
  return parsed.success ? parsed.data : undefined;
}

/** `DC=contoso,DC=com` of `contoso.com`: a beginning for the fields that want a distinguished name. */
export function baseDnOf(domainName: string): string {
  return domainName
    .split('.')
    .filter((part) => part !== '')
    .map((part) => `DC=${part}`)
    .join(',');
}
