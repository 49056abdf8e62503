import { xApi } from '../../src/adapters/x-api.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xApi)
