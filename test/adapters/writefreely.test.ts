import { writefreely } from '../../src/adapters/writefreely.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(writefreely)
