// What verifying an archive finds wrong, without what it finds right.
import { checkArchive } from '../../src/archive/verify/verify.ts'

export function problemsOf(dir: string) {
  return [...checkArchive(dir)].filter((checked) => !('ok' in checked))
}
