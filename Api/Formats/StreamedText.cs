using System.Text;

namespace Registry.Api.Formats;

/// <summary>The body of a response as text, for bodies whose size has no bound.</summary>
internal static class StreamedText
{
    /// <summary>The size of the buffer, in characters: whole pages of a list would fill the heap of large objects.</summary>
    private const int Buffer = 16 * 1024;

    /// <summary>
    /// Makes a writer of UTF-8, whose flush ends a part of the response. It is not disposed of: after an error that would send
    /// what is left in its buffer.
    /// </summary>
    public static StreamWriter To(HttpResponse response) =>
        new(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Buffer, leaveOpen: true);
}
