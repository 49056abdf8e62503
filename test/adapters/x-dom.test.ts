import { xDom } from '../../src/adapters/x-dom.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xDom)
