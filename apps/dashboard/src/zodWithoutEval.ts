import { config } from 'zod/v4';

// Stands in for zod everywhere (vite.config.ts). The content security policy forbids eval, and zod tries it when the
// first schema is made; whoever imports zod from here makes schemas only after this line.
config({ jitless: true });

export * from 'zod/v4';
