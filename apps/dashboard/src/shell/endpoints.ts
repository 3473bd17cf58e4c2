import type { Endpoints } from '@isthmus/api-client';
import { operations } from '@isthmus/contracts';

/** In the built dashboard only method and path are left of the operations (vite.config.ts). */
export const endpoints: Endpoints = operations;
