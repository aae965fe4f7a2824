@testable import Commands
