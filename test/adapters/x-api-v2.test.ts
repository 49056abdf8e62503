import { xApiV2 } from '../../src/adapters/x-api-v2.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xApiV2)
