import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class whose lambdas are replaced by instances of {@link LambdaShape}s. What a lambda does may
 * be private to the class; so it is reached through a static method here: its body, if the compiler
 * made that one, else an accessor.
 */
final class LambdaRewriting extends ClassVisitor implements Opcodes {
  private final Map<List<String>, LambdaShape> shapes = new LinkedHashMap<>();
  private final byte[] original;
  private final ClassReader reader;
  private final ClassWriter writer;
  private final boolean isInterface;
  private int accessors;

  LambdaRewriting(byte[] original) {
    this(original, new ClassReader(original));
  }

  private LambdaRewriting(byte[] original, ClassReader reader) {
    super(ASM9, new ClassWriter(reader, ClassWriter.COMPUTE_MAXS));
    this.original = original;
    this.reader = reader;
    this.writer = (ClassWriter) cv;
    this.isInterface = (reader.getAccess() & ACC_INTERFACE) != 0;
    reader.accept(this, 0);
  }

  byte[] bytes() {
    return shapes.isEmpty() ? original : writer.toByteArray();
  }

  Collection<LambdaShape> shapes() {
    return shapes.values();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    boolean body = isBody(name) && (access & ACC_STATIC) != 0;
    int open = body ? access & ~ACC_PRIVATE | shared() : access;
    return new MethodVisitor(
        ASM9, super.visitMethod(open, name, descriptor, signature, exceptions)) {
      @Override
      public void visitInvokeDynamicInsn(
          String name, String site, Handle bootstrap, Object... arguments) {
        if (!replaced(mv, name, site, bootstrap, arguments)) {
          super.visitInvokeDynamicInsn(name, site, bootstrap, arguments);
        }
      }
    };
  }

  private static boolean isBody(String method) {
    return method.startsWith("lambda$");
  }

  /** What makes a method visible to the other classes of the package. */
  private int shared() {
    return isInterface ? ACC_PUBLIC : 0;
  }

  private boolean replaced(
      MethodVisitor code, String name, String site, Handle bootstrap, Object... arguments) {
    if (!bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
        || !bootstrap.getName().equals("metafactory")) {
      return false;
    }
    Type method = (Type) arguments[0];
    Handle body = (Handle) arguments[1];
    LambdaShape.Target target = target(body);
    if (!target.fits(Type.getArgumentTypes(site), method)) {
      return false;
    }
    if (!target.name().equals(body.getName())) {
      addAccessor(target, body);
    }
    LambdaShape shape =
        shapes.computeIfAbsent(
            List.of(site, name, method.getDescriptor()),
            key -> new LambdaShape(reader, shapes.size(), name, method, site));
    code.visitLdcInsn(shape.add(target));
    code.visitMethodInsn(INVOKESTATIC, shape.name(), LambdaShape.MAKE, shape.factory(), false);
    return true;
  }

  private LambdaShape.Target target(Handle body) {
    Type[] arguments = Type.getArgumentTypes(body.getDesc());
    Type result = Type.getReturnType(body.getDesc());
    Type owner = Type.getObjectType(body.getOwner());
    boolean isStatic = body.getTag() == H_INVOKESTATIC;
    if (isStatic && body.getOwner().equals(reader.getClassName()) && isBody(body.getName())) {
      return new LambdaShape.Target(body.getName(), arguments, result, isInterface);
    }
    String name = "access$lambda$" + accessors++;
    if (body.getTag() == H_NEWINVOKESPECIAL) {
      return new LambdaShape.Target(name, arguments, owner, isInterface);
    }
    List<Type> all = new ArrayList<>(List.of(arguments));
    if (!isStatic) {
      all.add(0, owner);
    }
    return new LambdaShape.Target(name, all.toArray(Type[]::new), result, isInterface);
  }

  private void addAccessor(LambdaShape.Target target, Handle body) {
    MethodVisitor code =
        cv.visitMethod(
            ACC_STATIC | ACC_SYNTHETIC | shared(), target.name(), target.descriptor(), null, null);
    code.visitCode();
    if (body.getTag() == H_NEWINVOKESPECIAL) {
      code.visitTypeInsn(NEW, body.getOwner());
      code.visitInsn(DUP);
    }
    LambdaShape.load(code, 0, target.arguments());
    int call =
        switch (body.getTag()) {
          case H_INVOKESTATIC -> INVOKESTATIC;
          case H_INVOKEVIRTUAL -> INVOKEVIRTUAL;
          case H_INVOKEINTERFACE -> INVOKEINTERFACE;
          case H_INVOKESPECIAL, H_NEWINVOKESPECIAL -> INVOKESPECIAL;
          default -> throw new IllegalArgumentException(body.toString());
        };
    code.visitMethodInsn(call, body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
    LambdaShape.end(code, target.result().getOpcode(IRETURN));
  }
}
