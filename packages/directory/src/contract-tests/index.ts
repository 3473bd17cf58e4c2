export { type DirectoryUnderTest, describeDirectoryContract } from './describeDirectoryContract.ts';
