using System.Text.Json.Nodes;
using Registry.Api.Features.Keys;
using Registry.Domain.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Keys;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of API keys, the caller and the audit log.</summary>
internal static class KeyExamples
{
    /// <summary>The id in the examples.</summary>
    public const string Id = "cica-secretariat";

    private static readonly DateTimeOffset Recorded = OperationExamples.Recorded;

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(ApiKeyModel)] = Key() with
        {
            Status = KeyStatus.Active,
            LastUsed = Recorded,
            CreatedBy = "admin",
            CreatedAt = Recorded,
            Version = 1,
            RecordedAt = Recorded,
        },
        [typeof(CallerModel)] = new CallerModel
        {
            Name = "Secretariat of CICA",
            Credentials = CallerCredentials.Key,
            KeyId = Id,
            Role = Role.Editor,
            Forums = ["CICA"],
        },
        [typeof(AuditEntryModel)] = new AuditEntryModel
        {
            Id = "019f0d2a-5b7e-7c4d-8a53-6f2e9b1c0d4e",
            At = Recorded,
            Action = AuditAction.Written,
            Actor = "Secretariat of CICA",
            KeyId = Id,
            Role = Role.Editor,
            RequestId = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
            Address = "192.0.2.17",
            Method = "POST",
            Path = "/v1/meetings",
            FirstSequence = 4711,
            LastSequence = 4711,
            Occurrences = 1,
        },
    };

    public static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(CreateKey)] = Key(),
        [typeof(CorrectKey)] = new JsonObject { ["owner"] = "IT department" },
        [typeof(RotateKey)] = new KeyRotationModel { OverlapHours = 48 },
    };

    private static ApiKeyModel Key() =>
        new()
        {
            Id = Id,
            Label = "Secretariat of CICA",
            Owner = "Registry desk",
            Role = Role.Editor,
            Forums = ["CICA"],
        };
}
