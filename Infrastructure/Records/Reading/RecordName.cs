namespace Registry.Infrastructure.Records.Reading;

/// <summary>The name of a record in any collection: <c>forums</c> and <c>CICA</c>.</summary>
public readonly record struct RecordName(string Collection, string Id)
{
    /// <summary>Gets the name as one text: <c>forums/CICA</c>.</summary>
    public override string ToString() => $"{Collection}/{Id}";
}
