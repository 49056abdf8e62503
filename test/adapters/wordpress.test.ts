import { wordpress } from '../../src/adapters/wordpress.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(wordpress)
