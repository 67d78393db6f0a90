/// The page that the run writes.
enum Documentation {
    static func text(_ table: Table) -> String {
        """
        # Flows and servers

        `make integration` starts real authorization servers on this machine, runs every
        flow against each, and writes this page. ✓ means that it passed; a number says
        below why there is nothing to run. The servers are in `Integration/Servers`, the
        flows in `Integration/Sources/Integration/Flows`, one file each.

        A flow has passed when the API behind the server, asked through a generated
        client, says who the token stands for, and when what must fail did fail: a wrong
        password, a used code, another verifier, a used refresh token. A session ends when
        the server refuses its refresh token with `invalid_grant`; Glewlwyd answers with a
        status alone, and there the session keeps what it has.


        """ + table.markdown
    }
}
