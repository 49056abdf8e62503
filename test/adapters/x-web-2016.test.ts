import { xWeb2016 } from '../../src/adapters/x-web-2016.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xWeb2016)
