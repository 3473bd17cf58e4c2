export { sweepFirstPasswords } from './firstPasswords.ts';
export { registerImports } from './routes.ts';
