export { loadOrCreateKeyFile, loadOrCreateSealingKeyFiles, readPublicKeyFile } from './keyFiles.ts';
export { generateSealingKeyPair, publicKeyOf, type SealingKeyPair } from './keys.ts';
export { createFileOnce, demandPrivate, readPrivateFile, replaceFile } from './privateFiles.ts';
export { open, seal } from './seal.ts';
export { openAtRest, sealAtRest, textOf } from './sealAtRest.ts';
