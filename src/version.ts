// The program's version, equal to package.json's (a test compares them). A constant, so that `--version` reads no file.
export const VERSION = '0.1.0'
