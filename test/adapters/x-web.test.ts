import { xWeb } from '../../src/adapters/x-web.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xWeb)
