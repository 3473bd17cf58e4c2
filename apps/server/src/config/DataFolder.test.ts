import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFolder } from './DataFolder.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'isthmus-data-')), 'data');
});
afterEach(() => rm(join(path, '..'), { recursive: true, force: true }));

it('is made private, and used by one server at a time', async () => {
  const folder = await DataFolder.open(path);
  await writeFile(folder.at('x'), '1');
  await folder.release();
  await (await DataFolder.open(path)).release();
});

it('is refused when others can look into it', async () => {
  await (await DataFolder.open(path)).release();
  await chmod(path, 0o755);
  await expect(DataFolder.open(path)).rejects.toMatchObject({
    code: 'config.data-folder-exposed',
    remedy: `Run: chmod 700 ${path}`,
  });
});

it('is refused while another process uses it, and taken over from a dead one', async () => {
  const folder = await DataFolder.open(path);
  await folder.release();
  // Process 1 lives, but its start time is another one: the number was used again.
  await writeFile(folder.at('server.pid'), '1 12345');
  await (await DataFolder.open(path)).release();
  const parent = process.ppid;
  const stat = await readFile(`/proc/${parent}/stat`, 'utf8');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  await writeFile(folder.at('server.pid'), `${parent} ${startTime}`);
  await expect(DataFolder.open(path)).rejects.toMatchObject({ code: 'config.data-folder-in-use' });
});
