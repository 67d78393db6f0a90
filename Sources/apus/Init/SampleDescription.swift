/// A description to start from.
enum SampleDescription {
    static let text = """
        openapi: 3.1.0
        info:
          title: Greetings
          version: 1.0.0
        servers:
          - url: http://localhost:8080
        paths:
          /greetings:
            get:
              operationId: listGreetings
              summary: Lists greetings.
              parameters:
                - name: language
                  in: query
                  description: A language tag, such as `en`.
                  schema: {type: string}
              responses:
                '200':
                  description: The greetings.
                  content:
                    application/json:
                      schema:
                        type: array
                        items: {$ref: '#/components/schemas/Greeting'}
        components:
          schemas:
            Greeting:
              type: object
              required: [text]
              properties:
                text: {type: string, description: What is said.}
                language: {type: string, description: A language tag.}

        """
}
