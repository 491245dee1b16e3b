namespace Registry.Infrastructure.Records.Reading;

/// <summary>Names a record of any collection: <c>forums</c> and <c>CICA</c>.</summary>
public readonly record struct RecordName(string Collection, string Id)
{
    /// <summary>The name as one text: <c>forums/CICA</c>.</summary>
    public override string ToString() => $"{Collection}/{Id}";
}
