using System.Text.Json.Serialization.Metadata;
using Galley.Content;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Articles.Fields;

/// <summary>A field that may be asked for, with those inside it: of an object, or of each object in an array. Without any it comes whole.</summary>
internal sealed record FieldShape(string Name, IReadOnlyList<FieldShape> Inner)
{
    public const string Body = "body";

    // Asked for by a parameter of its own.
    private const string Highlights = "highlights";

    /// <summary>An article as the contract has it: whoever adds a member to it adds a field.</summary>
    public static readonly FieldShape Article = new("article", [.. InnerOf(typeof(ArticleItem)).Where(field => field.Name != Highlights)]);

    public FieldShape? Find(string name) => Inner.FirstOrDefault(field => field.Name == name);

    private static IReadOnlyList<FieldShape> InnerOf(Type type)
    {
        var form = ContentJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return form.Kind switch
        {
            JsonTypeInfoKind.Object => [.. form.Properties.Select(member => new FieldShape(member.Name, member.Name == Body ? [] : InnerOf(member.PropertyType)))],
            JsonTypeInfoKind.Enumerable => InnerOf(form.ElementType!),
            _ => [],
        };
    }
}
