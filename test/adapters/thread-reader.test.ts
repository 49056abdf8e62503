import { threadReader } from '../../src/adapters/thread-reader.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(threadReader)
