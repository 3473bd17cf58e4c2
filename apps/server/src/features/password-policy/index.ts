export { readBannedWords } from './bannedWords.ts';
export { PolicyWatch } from './PolicyWatch.ts';
export { passwordProblems } from './passwordProblems.ts';
export { registerPasswordPolicy } from './routes.ts';
