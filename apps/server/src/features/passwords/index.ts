export { createPasswords } from './createPasswords.ts';
export type { PasswordService } from './PasswordService.ts';
