import { xArchive } from '../../src/adapters/x-archive.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xArchive)
