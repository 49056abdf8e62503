import { article } from '../../src/adapters/article.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(article)
