import { writefreely } from '../../../src/adapters/blogs/writefreely.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(writefreely)
