export { createMirrors, type Mirrors } from './Mirrors.ts';
