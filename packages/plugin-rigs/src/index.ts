export {gasTownResolver} from './resolver.js'
