namespace Registry.Api.Http.Bodies;

/// <summary>The folder of the files that large bodies are buffered in.</summary>
internal sealed record TemporaryFiles(string Folder);
