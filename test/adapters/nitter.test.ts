import { nitter } from '../../src/adapters/nitter.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(nitter)
