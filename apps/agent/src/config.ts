import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { demandPrivate } from '@isthmus/sealing';
import { parse } from 'yaml';
import { z } from 'zod';

const path = z.string().min(1);

const localServer = z.strictObject({ socketPath: path, publicKeyFile: path });
const remoteServer = z.strictObject({
  url: z.url({ protocol: /^https$/ }),
  caFile: path,
  certFile: path,
  keyFile: path,
  publicKeyFile: path,
});

const configSchema = z.strictObject({
  /** Samba's privileged socket, below its private folder: `ldap_priv/ldapi`. */
  ldapiSocket: path,
  /** Key ring with the private key that captured passwords are encrypted to. */
  gnupgHome: path,
  /** Where the agent keeps its position and what it could not hand over yet. */
  stateFolder: path,
  /** Read to see whether the domain controller captures passwords at all. */
  smbConfFile: path.default('/etc/samba/smb.conf'),
  server: z.union([localServer, remoteServer]),
  pollMs: z.number().int().min(50).max(60_000).default(250),
  /** `stdin`: end when the standard input ends, that is with the process that started the agent. */
  lifeline: z.enum(['none', 'stdin']).default('none'),
});

export type AgentConfig = z.infer<typeof configSchema>;
export type ServerAddress = AgentConfig['server'];

function invalid(file: string, why: string, cause?: unknown): DomainError {
  return new DomainError({
    code: 'agent.configuration-invalid',
    message: `${file} is not a valid configuration: ${why}`,
    remedy: 'Compare it with the example in the operations guide.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Paths in the file are relative to its folder. */
function resolvePaths(config: AgentConfig, base: string): AgentConfig {
  const at = (relative: string): string => resolve(base, relative);
  const { server } = config;
  return {
    ...config,
    ldapiSocket: at(config.ldapiSocket),
    gnupgHome: at(config.gnupgHome),
    stateFolder: at(config.stateFolder),
    smbConfFile: at(config.smbConfFile),
    server:
      'socketPath' in server
        ? { socketPath: at(server.socketPath), publicKeyFile: at(server.publicKeyFile) }
        : {
            ...server,
            caFile: at(server.caFile),
            certFile: at(server.certFile),
            keyFile: at(server.keyFile),
            publicKeyFile: at(server.publicKeyFile),
          },
  };
}

export function parseConfig(text: string, file: string): AgentConfig {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw invalid(file, 'it is not YAML', error);
  }
  const parsed = configSchema.safeParse(document);
  if (!parsed.success) throw invalid(file, z.prettifyError(parsed.error), parsed.error);
  return resolvePaths(parsed.data, dirname(resolve(file)));
}

const WRITABLE_BY_OTHERS = 0o022;

/** Whoever can change one of these files can send passwords elsewhere. */
async function demandUnchangeable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new DomainError({
    code: 'agent.file-writable-by-others',
    message: `${file} can be changed by other users of this machine.`,
    remedy: `Run: chmod go-w ${file}`,
    parameters: { path: file },
  });
}

function missing(error: unknown, what: string): never {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error)) throw error;
  throw new DomainError({
    code: 'agent.file-missing',
    message: `${String(error.path)} does not exist.`,
    remedy: what,
    cause: error,
  });
}

/** Refuses keys that others can read, and files by which others could redirect passwords. */
export async function demandSafeFiles(config: AgentConfig): Promise<void> {
  await demandPrivate(config.gnupgHome).catch((error: unknown) =>
    missing(error, 'Set gnupgHome to the key ring that was made when password capture was set up.'),
  );
  if ('keyFile' in config.server) {
    await demandPrivate(config.server.keyFile).catch((error: unknown) =>
      missing(error, 'Make the certificate for the agent on the server and copy it with its key.'),
    );
  }
  await demandUnchangeable(config.server.publicKeyFile).catch((error: unknown) =>
    missing(error, 'Start the server once; it writes this file. On another machine, copy it there.'),
  );
}

export async function loadConfig(file: string): Promise<AgentConfig> {
  await demandUnchangeable(file).catch((error: unknown) => missing(error, 'Name the configuration with --config.'));
  const config = parseConfig(await readFile(file, 'utf8'), file);
  await demandSafeFiles(config);
  return config;
}
