// Reading that is taken back where the value does not fit.
extension ValueReader {
    /// Reads the next value as the given type if it fits. Where it does not, nothing is
    /// consumed and no fault is recorded: another type may be meant.
    ///
    /// An attempt reads at once. Once one has failed, and within a few others, it is a
    /// trial first, whose outcome is remembered: else what is within would be read again
    /// for each attempt around it.
    public mutating func attempt<T: JSONCoding>(_ type: T.Type = T.self) -> T? {
        if state.pointee.isTrying || state.pointee.trials.demandsTrials {
            return score(of: type) == nil ? nil : read()
        }
        let position = state.pointee.cursor
        let depth = state.pointee.remainingDepth
        let memberCount = state.pointee.members.count
        let (faultCount, deviationCount) = (state.pointee.faults.count, state.pointee.deviations.count)
        state.pointee.trials.activeAttempts += 1
        let value = T(from: &self)
        state.pointee.trials.activeAttempts -= 1
        if state.pointee.isFinal || !state.pointee.isFailed && state.pointee.faults.count == faultCount { return value }
        state.pointee.members.truncate(to: memberCount)
        state.pointee.faults.removeSubrange(faultCount...)
        state.pointee.deviations.removeSubrange(min(deviationCount, state.pointee.deviations.count)...)
        state.pointee.takeBack(to: position, remainingDepth: depth)
        state.pointee.trials.noteFailedAttempt(
            TrialRecord.Key(position: position - state.pointee.start, type: ObjectIdentifier(type)))
        return nil
    }
}
