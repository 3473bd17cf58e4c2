export { fillNewUser, fillRow } from './applyTemplate.ts';
export { registerUserTemplates } from './routes.ts';
export { findUserTemplate } from './userTemplates.ts';
