/** Something the person in front of the terminal can mend; shown without a stack. */
export class SetupError extends Error {
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/** Names the causes that are the machine's and not the program's. */
export function explain(error) {
  if (error instanceof SetupError) return { message: error.message, remedy: error.remedy };
  switch (error?.code) {
    case 'ENOSPC':
      return { message: 'The disk is full.', remedy: 'Free about 1 GB and start again.' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        message: `No permission: ${error.path ?? error.message}`,
        remedy: 'Use a checkout that belongs to you: run as its owner, or change the owner of the folder.',
      };
    default:
      return { message: error?.stack ?? String(error), remedy: undefined };
  }
}

/** Recognizes the same causes in the output of a program. */
export function explainOutput(output) {
  if (/ENOSPC|no space left/i.test(output)) return 'The disk is full: free about 1 GB and start again.';
  if (/EACCES|EPERM|EROFS|permission denied|read-only file system/i.test(output)) {
    return 'A file may not be written: use a checkout that belongs to you.';
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|could not resolve|unable to connect/i.test(output)) {
    return 'The network did not answer: check the connection or the proxy and start again.';
  }
  return undefined;
}
