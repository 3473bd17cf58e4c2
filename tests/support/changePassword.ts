import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** A person changes the password with `kpasswd`, the tool of every Kerberos workstation. */
export async function kpasswd(
  kerberos: { readonly krb5ConfigFile: string; readonly realm: string },
  userName: string,
  oldPassword: string,
  newPassword: string,
): Promise<void> {
  const child = spawn('kpasswd', [`${userName}@${kerberos.realm}`], {
    env: { ...process.env, KRB5_CONFIG: kerberos.krb5ConfigFile, LC_ALL: 'C' },
    stdio: 'pipe',
  });
  child.stdin.end(`${oldPassword}\n${newPassword}\n${newPassword}\n`);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((done) => child.once('close', (exit) => done(exit ?? -1))),
  ]);
  if (code !== 0) throw new Error(`kpasswd ended with ${code}: ${stdout} ${stderr}`);
}
