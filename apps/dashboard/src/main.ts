import { config } from 'zod';

// The content security policy forbids eval, and zod tries it when the first schema is made. So this has to run before
// any module with schemas, which only a dynamic import can promise: bundlers hoist the static ones.
config({ jitless: true });
void import('./start.tsx');
