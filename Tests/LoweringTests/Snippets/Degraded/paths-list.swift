// 1:8: `paths` should be a mapping; ignored

