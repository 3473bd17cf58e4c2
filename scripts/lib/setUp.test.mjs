import { expect, test } from 'vitest';
import { checkNode } from './checkNode.mjs';
import { explain, explainOutput, SetupError } from './SetupError.mjs';

test('an old Node is refused with the version to install', () => {
  expect(() => checkNode('18.19.0')).toThrow('18.19.0 is too old');
  expect(() => checkNode('20.0.0')).not.toThrow();
});

test('a full disk and missing permissions are named, with what to do', () => {
  expect(explain(Object.assign(new Error('write'), { code: 'ENOSPC' })).message).toBe('The disk is full.');
  expect(explain(Object.assign(new Error('x'), { code: 'EACCES', path: '/a' })).message).toContain('/a');
  expect(explain(new SetupError('No samba', 'Install it')).remedy).toBe('Install it');
});

test('the output of programs is searched for the same causes', () => {
  expect(explainOutput('npm error code ENOSPC')).toContain('disk is full');
  expect(explainOutput('npm error code EACCES')).toContain('checkout that belongs to you');
  expect(explainOutput("Temporary failure resolving 'deb.debian.org': Could not resolve")).toContain('network');
  expect(explainOutput('something else')).toBeUndefined();
});
