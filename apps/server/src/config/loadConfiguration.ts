import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Configuration, configurationSchema } from './Configuration.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Document = Record<string, unknown>;

const REMEDY = 'Correct the configuration; docs/operations/configuration.md describes every key.';

function invalid(source: string, why: string, remedy: string = REMEDY, cause?: unknown): DomainError {
  return new DomainError({
    code: 'config.invalid',
    message: `The configuration ${source} cannot be used: ${why}`,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

async function readDocument(file: string): Promise<Document> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'the file does not exist.' : cause.message;
    throw invalid(file, why, 'Set ISTHMUS_CONFIG to a file that this user can read.', cause);
  });
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw invalid(
      file,
      `it is not YAML (${cause instanceof Error ? cause.message.split('\n')[0] : ''})`,
      REMEDY,
      cause,
    );
  }
  const checked = z.record(z.string(), z.unknown()).safeParse(document ?? {});
  if (!checked.success) throw invalid(file, 'it must be a list of keys with values.');
  return checked.data;
}

function defaultDataFolder(): string {
  return process.getuid?.() === 0 ? '/var/lib/isthmus' : join(homedir(), '.local', 'share', 'isthmus');
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** The environment wins over the file; containers have only the environment. */
function withEnvironment(document: Document, env: Environment): Document {
  const listen = {
    ...(document['listen'] as object | undefined),
    ...(env['ISTHMUS_HOST'] === undefined ? {} : { host: env['ISTHMUS_HOST'] }),
    ...(env['ISTHMUS_PORT'] === undefined ? {} : { port: numberOf(env['ISTHMUS_PORT']) }),
  };
  return {
    ...document,
    dataFolder: env['ISTHMUS_DATA_FOLDER'] ?? document['dataFolder'] ?? defaultDataFolder(),
    listen,
    ...(env['DATABASE_URL'] === undefined ? {} : { database: { url: env['DATABASE_URL'] } }),
    ...(env['ISTHMUS_PUBLIC_URL'] === undefined ? {} : { publicUrl: env['ISTHMUS_PUBLIC_URL'] }),
    ...(env['ISTHMUS_ORGANIZATION'] === undefined ? {} : { organization: env['ISTHMUS_ORGANIZATION'] }),
  };
}

const PATH_KEYS = new Set([
  'dataFolder',
  'caFile',
  'certFile',
  'keyFile',
  'clientCaFile',
  'bindPasswordFile',
  'socketPath',
]);

/** Paths in the file are relative to its folder, wherever the server is started. */
function withAbsolutePaths<T>(value: T, base: string): T {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    PATH_KEYS.has(key) && typeof inner === 'string' ? resolve(base, inner) : withAbsolutePaths(inner, base),
  ]);
  return Object.fromEntries(entries) as T;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((name) => [...issue.path, name].join('.')).join(', ');
    return `${keys} is not a known key`;
  }
  return `${key === '' ? 'the whole' : key}: ${issue.message}`;
}

function parseConfiguration(document: Document, source: string, base: string): Configuration {
  const parsed = configurationSchema.safeParse(document);
  if (parsed.success) return withAbsolutePaths(parsed.data, base);
  const why = parsed.error.issues.map(describeIssue).join('; ');
  const [first] = parsed.error.issues;
  const key = first?.code === 'unrecognized_keys' ? first.keys[0] : first?.path.map(String).join('.');
  throw invalid(source, `${why}.`, `Correct ${key} in the configuration; see docs/operations/configuration.md.`);
}

/** Reads the file that `ISTHMUS_CONFIG` names, if any, and the environment. @throws DomainError `config.invalid` */
export async function loadConfiguration(env: Environment = process.env): Promise<Configuration> {
  const file = env['ISTHMUS_CONFIG'];
  const document = file === undefined || file === '' ? {} : await readDocument(file);
  const base = file === undefined || file === '' ? process.cwd() : dirname(resolve(file));
  return parseConfiguration(withEnvironment(document, env), file ?? 'in the environment', base);
}
