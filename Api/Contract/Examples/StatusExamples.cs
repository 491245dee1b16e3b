using Registry.Api.Features.Status;

namespace Registry.Api.Contract.Examples;

/// <summary>The example of the status.</summary>
internal static class StatusExamples
{
    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(StatusModel)] = new StatusModel
        {
            Version = "0.1.0+5b1e2f0c9a7d4e3b8c6f1a2d5e4b3c9f8a7d6e01",
            SchemaVersion = "0019_quotas",
            Provider = DatabaseProvider.Sqlite,
            Sequence = 4711,
            LastChangeAt = OperationExamples.Recorded,
        },
    };
}
