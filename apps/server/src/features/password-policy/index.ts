export { readBannedWords } from './bannedWords.ts';
export { passwordProblems } from './passwordProblems.ts';
export { registerPasswordPolicy } from './routes.ts';
export { watchPolicy } from './watchPolicy.ts';
